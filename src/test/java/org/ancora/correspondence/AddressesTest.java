package org.ancora.correspondence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.ancora.casework.Channel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "EMAIL, ' dana@example.org ', dana@example.org",
        "SMS, ' +1 (905) 555-0188', +1 (905) 555-0188",
    })
    void takesOneWithoutTheSpaceAroundIt(Channel channel, String typed, String kept) {
        assertThat(Addresses.one(channel, typed)).isEqualTo(kept);
    }

    /** Whoever logs the refusal with all its causes writes nothing of what was typed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "whitfield",
                "whitfield@",
                "@whitfield",
                "whitfield@exa mple.org",
                "Dana Whitfield <whitfield@example.org>",
                "whitfield@example.org, other@example.org",
                "whitfield: a@example.org;",
                "whitfield@example.org\r\nBcc: all@example.org",
                "whit\u0000field@example.org",
                "whitfield@@example.org",
                "\"whitfield@example.org",
                "whitfield..x@example.org",
            })
    void quotesNothingOfWhatItRefuses(String typed) {
        Throwable refused = catchThrowable(() -> Addresses.one(Channel.EMAIL, typed));

        assertThat(refused).isInstanceOf(IllegalArgumentException.class);
        assertThat(written(refused)).doesNotContainIgnoringCase("whit").doesNotContain("example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"905 555 0188 Whitfield", "", " ", "90", "905\u0007555 0188", "905\n555 0188", "٩٠٥٥٥٥٠١٨٨"})
    void quotesNoNumberThatItRefuses(String typed) {
        Throwable refused = catchThrowable(() -> Addresses.one(Channel.SMS, typed));

        assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasNoCause();
        assertThat(written(refused)).doesNotContain("905", "Whitfield");
    }

    private static String written(Throwable refused) {
        StringWriter text = new StringWriter();
        refused.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
