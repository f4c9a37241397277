package org.ancora.correspondence;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hands text messages to an HTTP gateway: {@code POST} of a body as the gateway wants it ({@link SmsBody}), with the
 * message's fixed id as {@code Idempotency-Key}.
 */
final class SmsGateway implements Carrier {

    /** Answers after which the gateway has certainly not sent: it says so. Any other failure may come from halfway. */
    private static final Set<Integer> NOT_SENT = Set.of(503);

    private final URI url;
    private final @Nullable String token;
    private final Duration limit;
    private final SmsBody body;
    private final HttpClient client;

    /** Speaks to the gateway at this address; the token is sent as bearer token, null for none. */
    SmsGateway(URI url, @Nullable String token, SmsBody body, Duration limit) {
        this.url = url;
        this.token = token;
        this.body = body;
        this.limit = limit;
        this.client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(20))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Handover handOver(StoredMessage message) {
        try {
            HttpResponse<String> answer = client.send(request(message), BodyHandlers.ofString());
            return outcome(answer.statusCode(), Replies.shortened(answer.body()));
        } catch (ConnectException | HttpConnectTimeoutException unreachable) {
            return new Handover.Refused("the gateway cannot be reached");
        } catch (IOException broken) {
            return new Handover.Unknown(Replies.shortened(broken.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Handover.Unknown("interrupted while waiting for the gateway");
        }
    }

    private HttpRequest request(StoredMessage message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(limit)
                .header("Content-Type", body.type())
                .header("Idempotency-Key", message.mailId())
                .POST(HttpRequest.BodyPublishers.ofString(body.of(message)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private static Handover outcome(int status, String words) {
        String reply = Replies.shortened(status + " " + words);
        if (status >= 200 && status < 300) {
            return new Handover.Accepted(reply);
        }
        boolean refused = (status >= 300 && status < 500) || NOT_SENT.contains(status);
        return refused ? new Handover.Refused(reply) : new Handover.Unknown(reply);
    }
}
