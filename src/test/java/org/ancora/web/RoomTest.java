package org.ancora.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.ancora.testing.AncoraTest;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@AncoraTest
class RoomTest {

    @Autowired
    private ErrorAnswers answers;

    @Autowired
    private MessageSource messages;

    @ParameterizedTest
    @ValueSource(strings = {"en", "es-PE", "it"})
    void saysSoonAndInTheReadersLanguageThatThereIsNoRoom(String language) throws Exception {
        Room room = new Room(1, Duration.ofMillis(50), answers, new Traffic(), List.of());
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Thread guest = new Thread(() -> enter(room, inside, leave));
        guest.start();
        inside.await();
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/tasks");
        request.addPreferredLocale(Locale.forLanguageTag(language));
        MockHttpServletResponse answer = new MockHttpServletResponse();

        room.doFilter(request, answer, new MockFilterChain());

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("5");
        assertThat(Jsoup.parse(answer.getContentAsString()).select("h1").text())
                .isEqualTo(messages.getMessage("error.503.title", null, Locale.forLanguageTag(language)));
        assertThat(answer.getContentAsString()).containsPattern("[2-9A-Z]{4}-[2-9A-Z]{4}");
        leave.countDown();
        guest.join();
    }

    @Test
    void givesThePlaceToTheNext() throws Exception {
        Room room = new Room(1, Duration.ofMillis(50), answers, new Traffic(), List.of());
        for (int guest = 0; guest < 3; guest++) {
            MockHttpServletResponse answer = new MockHttpServletResponse();
            room.doFilter(new MockHttpServletRequest("GET", "/tasks"), answer, new MockFilterChain());
            assertThat(answer.getStatus()).isEqualTo(200);
        }
    }

    private static void enter(Room room, CountDownLatch inside, CountDownLatch leave) {
        try {
            room.doFilter(
                    new MockHttpServletRequest("GET", "/tasks"), new MockHttpServletResponse(), (request, response) -> {
                        inside.countDown();
                        try {
                            leave.await();
                        } catch (InterruptedException interrupted) {
                            Thread.currentThread().interrupt();
                        }
                    });
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
