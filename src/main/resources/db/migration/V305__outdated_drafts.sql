-- Drafts that nobody came back to are swept by their age.
create index page_draft_saved on page_draft (saved_at);
