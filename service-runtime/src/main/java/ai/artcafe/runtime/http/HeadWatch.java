package ai.artcafe.runtime.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection that does not say in time what it wants. First in its pipeline, it sees bytes
 * come, and is told of requests; bytes after which no new request is there and no old one is being
 * read are of a head that is not complete. Leaves the pipeline where that cannot be told any more:
 * of a WebSocket, and of HTTP/2 after its first request. Its connection's event loop's alone.
 */
final class HeadWatch extends ChannelInboundHandlerAdapter {

    private static final AttributeKey<HeadWatch> WATCH = AttributeKey.valueOf(HeadWatch.class, "");

    private final HeadLimit limit;
    private Optional<Future<?>> deadline = Optional.empty();
    private Optional<HttpServerRequest> reading = Optional.empty();
    private long requests;
    private boolean mayBecomeWebSocket;

    HeadWatch(HeadLimit limit) {
        this.limit = limit;
    }

    /** The head of a request has come; on the connection's event loop. */
    static void begun(Channel channel, HttpServerRequest request, boolean asksForWebSocket) {
        HeadWatch watch = channel.attr(WATCH).get();
        if (watch != null) {
            watch.begun(request, asksForWebSocket);
        }
    }

    private void begun(HttpServerRequest request, boolean asksForWebSocket) {
        requests++;
        reading = Optional.of(request);
        mayBecomeWebSocket |= asksForWebSocket;
        settle();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().attr(WATCH).set(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        settle();
        context.channel().attr(WATCH).set(null);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        await(context);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        settle();
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        long before = requests;
        context.fireChannelRead(bytes);
        if (context.isRemoved()) {
            return; // as all that HTTP/1 has in the pipeline is when it becomes HTTP/2
        }
        boolean isFirst = requests > 0 && before == 0;
        if ((isFirst || mayBecomeWebSocket) && !speaksHttp1(context)) {
            context.pipeline().remove(this);
        } else if (requests == before && deadline.isEmpty() && isRead()) {
            await(context);
        }
    }

    /** Whether what was asked has come as a whole, and what comes now is of something else. */
    private boolean isRead() {
        if (reading.filter(request -> !request.isEnded()).isPresent()) {
            return false;
        }
        reading = Optional.empty();
        return true;
    }

    private static boolean speaksHttp1(ChannelHandlerContext context) {
        return context.pipeline().get(HttpRequestDecoder.class) != null;
    }

    private void await(ChannelHandlerContext context) {
        deadline =
                Optional.of(
                        context.executor()
                                .schedule(() -> end(context), limit.nanos(), TimeUnit.NANOSECONDS));
    }

    private void end(ChannelHandlerContext context) {
        limit.ended();
        context.close();
    }

    private void settle() {
        deadline.ifPresent(waiting -> waiting.cancel(false));
        deadline = Optional.empty();
    }
}
