package org.ancora.engagement.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.ancora.casework.Channel;
import org.ancora.casework.ConsentWording;
import org.ancora.casework.ContactKind;
import org.ancora.casework.Flag;
import org.ancora.casework.InvalidContact;
import org.ancora.casework.LookalikeAnswers;
import org.ancora.casework.NewConsent;
import org.ancora.casework.NewContactPoint;
import org.ancora.casework.NewProfile;
import org.ancora.casework.NewSupportContact;
import org.ancora.casework.Profile;
import org.ancora.casework.ProfileId;
import org.ancora.casework.Profiles;
import org.ancora.casework.ReferralSource;
import org.ancora.casework.ServiceMode;
import org.ancora.casework.SourceKind;
import org.ancora.casework.SpokenLanguages;
import org.ancora.network.Project;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BindingResult;
import org.springframework.validation.MapBindingResult;

/**
 * The page of a new intake as it was filled in: whatever was typed is kept as it was typed, and each field has its own
 * message when something is wrong with it.
 */
final class IntakeForm {

    /** The name of the form in the page's model. */
    static final String NAME = "form";

    static final String KEY = "requestKey";

    /** The value of {@link #MATCH} for somebody new. */
    static final String NEW = "new";

    private static final String MATCH = "match";

    private static final String YES = "yes";
    private static final Set<String> TICKS = Set.of("anonymous", "textsToMain", "risk", "safeguarding");
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);
    private static final int OLDEST = 120;

    private final Map<String, Object> typed = new HashMap<>();
    private final MapBindingResult errors = new MapBindingResult(typed, NAME);

    private IntakeForm() {}

    /** An empty form with a key of its own. */
    static IntakeForm blank(Project project) {
        IntakeForm form = new IntakeForm();
        TICKS.forEach(tick -> form.typed.put(tick, false));
        form.typed.put(KEY, UUID.randomUUID().toString());
        form.typed.put("language", project.locale().getLanguage());
        form.typed.put("serviceMode", ServiceMode.INDIVIDUAL.code());
        form.typed.put("consentBy", "client");
        Stream.of(Channel.values()).forEach(channel -> form.typed.put(consentField(channel), "not-asked"));
        return form;
    }

    /** A form as it came back. */
    static IntakeForm of(Map<String, String> sent) {
        IntakeForm form = new IntakeForm();
        TICKS.forEach(tick -> form.typed.put(tick, sent.containsKey(tick)));
        sent.forEach((field, value) -> {
            if (!TICKS.contains(field)) {
                form.typed.put(field, value);
            }
        });
        return form;
    }

    static String consentField(Channel channel) {
        return "consent" + channel.name().charAt(0)
                + channel.name().substring(1).toLowerCase(Locale.ROOT);
    }

    Map<String, Object> typed() {
        return typed;
    }

    BindingResult errors() {
        return errors;
    }

    /** The key made with the empty form, or null when it was tampered with. */
    @Nullable
    UUID requestKey() {
        try {
            return UUID.fromString(text(KEY));
        } catch (IllegalArgumentException tampered) {
            return null;
        }
    }

    /**
     * Checks everything, so that all that is wrong is said at once.
     *
     * @param today the day at the project's office
     * @return null when something is wrong; {@link #errors} then says what
     */
    @Nullable
    NewIntake read(Project project, Profiles profiles, LocalDate today) {
        if (text("serviceMode").equals(ServiceMode.GROUP.code())) {
            errors.rejectValue("serviceMode", "engagement.refused.group-service");
        } else if (!text("serviceMode").equals(ServiceMode.INDIVIDUAL.code())) {
            errors.rejectValue("serviceMode", "engagement.intake.choose");
        }
        Names names = names();
        LocalDate bornOn = bornOn(today);
        Integer age = age();
        List<Locale> languages = languages();
        List<NewContactPoint> points = new Points(project, profiles).read();
        NewSupportContact support = support(project, profiles);
        ReferralSource source = source(project, profiles);
        List<NewConsent> consents = consents(today);
        String pronouns = limited("pronouns", 40);
        String need = limited("need", 500);
        if (errors.hasErrors() || source == null) {
            return null;
        }
        Profile.Person person = new Profile.Person(
                names.anonymous(),
                names.given(),
                names.family(),
                pronouns,
                bornOn,
                bornOn == null ? age : null,
                bornOn == null && age != null ? today : null,
                languages);
        NewProfile client =
                new NewProfile(project.id(), person, points, consents, support == null ? List.of() : List.of(support));
        return new NewIntake(client, source, flags(), need);
    }

    /** Whoever looks like a client on record is either that client or, for a reason, somebody new. */
    void checkMatch(Lookalikes alike) {
        String match = text(MATCH);
        boolean known = alike.profile(match) != null;
        if (!known && !match.equals(NEW)) {
            errors.rejectValue(MATCH, "engagement.intake.match.missing");
        } else if (match.equals(NEW) && text("matchReason").isEmpty()) {
            errors.rejectValue("matchReason", "engagement.intake.match.why-missing");
        }
        limited("matchReason", 300);
    }

    /** The client on record who was chosen, or null. */
    @Nullable
    ProfileId same(Lookalikes alike) {
        return alike.profile(text(MATCH));
    }

    /** What was said about those who look alike, or null when nobody does. */
    LookalikeAnswers.@Nullable Answer answer(Lookalikes alike) {
        if (alike.isEmpty()) {
            return null;
        }
        boolean same = same(alike) != null;
        return new LookalikeAnswers.Answer(same, same ? "" : text("matchReason"), alike.profiles(), alike.elsewhere());
    }

    private record Names(boolean anonymous, String given, String family) {}

    private Names names() {
        boolean anonymous = ticked("anonymous");
        String given = limited("givenName", 80);
        String family = limited("familyName", 80);
        if (anonymous && !(given + family).isEmpty()) {
            errors.rejectValue(given.isEmpty() ? "familyName" : "givenName", "engagement.intake.anonymous-with-name");
        } else if (!anonymous && (given + family).isEmpty()) {
            errors.rejectValue("givenName", "engagement.intake.name-missing");
        }
        return new Names(anonymous, given, family);
    }

    private @Nullable LocalDate bornOn(LocalDate today) {
        String value = text("bornOn");
        if (value.isEmpty()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(value);
            if (day.isAfter(today) || day.isBefore(EARLIEST_BIRTH)) {
                errors.rejectValue("bornOn", "engagement.intake.born-when");
            }
            return day;
        } catch (DateTimeException notADay) {
            errors.rejectValue("bornOn", "engagement.intake.born-when");
            return null;
        }
    }

    private @Nullable Integer age() {
        String value = text("age");
        if (value.isEmpty()) {
            return null;
        }
        if (!value.matches("\\d{1,3}") || Integer.parseInt(value) > OLDEST) {
            errors.rejectValue("age", "engagement.intake.age-range", new Object[] {OLDEST}, null);
            return null;
        }
        return Integer.valueOf(value);
    }

    private List<Locale> languages() {
        Set<Locale> spoken = new LinkedHashSet<>();
        for (String field : List.of("language", "language2", "language3")) {
            String tag = text(field);
            if (!tag.isEmpty()) {
                if (SpokenLanguages.knows(tag)) {
                    spoken.add(Locale.forLanguageTag(tag));
                } else {
                    errors.rejectValue(field, "engagement.intake.choose");
                }
            }
        }
        if (text("language").isEmpty()) {
            errors.rejectValue("language", "engagement.intake.language-missing");
        }
        return List.copyOf(spoken);
    }

    /** The five ways of reaching the client, each with the question whether it is safe. */
    private final class Points {

        private final Project project;
        private final Profiles profiles;
        private final List<NewContactPoint> points = new ArrayList<>();

        Points(Project project, Profiles profiles) {
            this.project = project;
            this.profiles = profiles;
        }

        List<NewContactPoint> read() {
            point(ContactKind.PHONE, "mainPhone", true);
            point(ContactKind.PHONE, "alternatePhone", false);
            if (ticked("textsToMain")) {
                textsToMain();
            } else {
                point(ContactKind.SMS, "smsNumber", true);
            }
            point(ContactKind.EMAIL, "email", true);
            point(ContactKind.ADDRESS, "address", true);
            return points;
        }

        private void textsToMain() {
            if (text("mainPhone").isEmpty()) {
                errors.rejectValue("mainPhone", "engagement.intake.no-number-for-texts");
            } else if (!errors.hasFieldErrors("mainPhone")) {
                points.add(new NewContactPoint(
                        ContactKind.SMS,
                        text("mainPhone"),
                        "",
                        true,
                        text("mainPhoneSafe").equals(YES)));
            }
        }

        private void point(ContactKind kind, String field, boolean main) {
            String value = text(field);
            if (value.isEmpty()) {
                return;
            }
            boolean safe = answered(field + "Safe");
            NewContactPoint point = new NewContactPoint(kind, value, "", main, safe);
            checked(field, project, profiles, point);
            points.add(point);
        }
    }

    private @Nullable NewSupportContact support(Project project, Profiles profiles) {
        String name = limited("supportName", 120);
        String relation = limited("supportRelation", 60);
        String phone = text("supportPhone");
        boolean may = text(consentField(Channel.FAMILY)).equals(YES);
        if (name.isEmpty()) {
            if (!(relation + phone).isEmpty() || may) {
                errors.rejectValue("supportName", "engagement.intake.support-name-missing");
            }
            return null;
        }
        if (!phone.isEmpty()) {
            checked("supportPhone", project, profiles, new NewContactPoint(ContactKind.PHONE, phone, "", false, true));
        }
        return new NewSupportContact(name, relation, phone, may);
    }

    private @Nullable ReferralSource source(Project project, Profiles profiles) {
        String kind = text("sourceKind");
        if (Stream.of(SourceKind.values()).noneMatch(each -> each.code().equals(kind))) {
            errors.rejectValue("sourceKind", "engagement.intake.source-missing");
            return null;
        }
        if (SourceKind.of(kind) == SourceKind.SELF) {
            return ReferralSource.SELF;
        }
        String name = limited("sourceName", 120);
        String phone = text("sourcePhone");
        String email = text("sourceEmail");
        if (!phone.isEmpty()) {
            checked("sourcePhone", project, profiles, new NewContactPoint(ContactKind.PHONE, phone, "", false, true));
        }
        if (!email.isEmpty()) {
            checked("sourceEmail", project, profiles, new NewContactPoint(ContactKind.EMAIL, email, "", false, true));
        }
        if (name.isEmpty()) {
            errors.rejectValue("sourceName", "engagement.intake.source-name-missing");
            return null;
        }
        return new ReferralSource(SourceKind.of(kind), name, phone, email);
    }

    private List<NewConsent> consents(LocalDate today) {
        String by = text("consentBy");
        if (!Set.of("client", "representative").contains(by)) {
            errors.rejectValue("consentBy", "engagement.intake.choose");
        }
        String wording = ConsentWording.newest().version();
        List<NewConsent> consents = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            switch (text(consentField(channel))) {
                case YES -> consents.add(new NewConsent(channel, true, by, today, wording));
                case "no" -> consents.add(new NewConsent(channel, false, by, today, wording));
                case "not-asked", "" -> {
                    // An unasked question leaves no record.
                }
                default -> errors.rejectValue(consentField(channel), "engagement.intake.choose");
            }
        }
        return consents;
    }

    private Set<Flag.Kind> flags() {
        Set<Flag.Kind> flags = new LinkedHashSet<>();
        if (ticked("risk")) {
            flags.add(Flag.Kind.RISK);
        }
        if (ticked("safeguarding")) {
            flags.add(Flag.Kind.SAFEGUARDING);
        }
        return flags;
    }

    private void checked(String field, Project project, Profiles profiles, NewContactPoint point) {
        try {
            profiles.check(project, point);
        } catch (InvalidContact invalid) {
            errors.rejectValue(field, invalid.key());
        }
    }

    /** A yes-or-no question that has to be answered. */
    private boolean answered(String field) {
        String value = text(field);
        if (!Set.of(YES, "no").contains(value)) {
            errors.rejectValue(field, "engagement.intake.safe-missing");
        }
        return value.equals(YES);
    }

    private String limited(String field, int most) {
        String value = text(field);
        if (value.length() > most) {
            errors.rejectValue(field, "engagement.intake.too-long", new Object[] {most}, null);
        }
        return value;
    }

    private boolean ticked(String field) {
        return Boolean.TRUE.equals(typed.get(field));
    }

    private String text(String field) {
        return typed.get(field) instanceof String value ? value.strip() : "";
    }
}
