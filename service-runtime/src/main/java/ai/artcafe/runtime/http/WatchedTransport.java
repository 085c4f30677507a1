package ai.artcafe.runtime.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;
import org.jboss.logging.Logger;

/**
 * Vert.x' own transport, with a {@link HeadWatch} on every connection that a server accepts (there
 * are none but for HTTP): nothing else of Vert.x or Quarkus tells of one before its first request.
 */
final class WatchedTransport extends JDKTransport {

    private static final Logger LOG = Logger.getLogger(WatchedTransport.class);

    private final HeadLimit limit = new HeadLimit();

    /** Puts it in the place of Vert.x' own; found by its name in {@code META-INF/services}. */
    public static final class Provider implements VertxServiceProvider {

        @Override
        public void init(VertxBuilder builder) {
            if (builder.findTransport().getClass() == JDKTransport.class) {
                builder.findTransport(new WatchedTransport());
            } else {
                LOG.warn("with a native transport, slow heads of requests are not bounded");
            }
        }
    }

    /** First on the server's own channel, where accepted connections come by. */
    @Sharable
    private final class AtTheDoor extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (limit.isSet() && accepted instanceof Channel connection) {
                connection.pipeline().addFirst(new HeadWatch(limit));
            }
            context.fireChannelRead(accepted);
        }
    }

    HeadLimit limit() {
        return limit;
    }

    @Override
    public void configure(
            NetServerOptions options, boolean isDomainSocket, ServerBootstrap bootstrap) {
        super.configure(options, isDomainSocket, bootstrap);
        bootstrap.handler(new AtTheDoor());
    }
}
