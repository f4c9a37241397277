-- Where the demo's clock stands, and whether its cases were made; empty outside the demo.
create table demo_state (
    one      boolean primary key default true check (one),
    clock_at timestamptz not null,
    seeded   boolean     not null default false
);
