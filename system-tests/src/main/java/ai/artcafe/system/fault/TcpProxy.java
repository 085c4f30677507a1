package ai.artcafe.system.fault;

import ai.artcafe.stack.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stretch of network on this machine that can be cut: listens on a port of its own and hands
 * every byte on to the target. Safe for use by several threads.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition restored = lock.newCondition();
    private Optional<Cut> cut = Optional.empty(); // guarded by lock

    private TcpProxy(ServerSocket listener, InetSocketAddress target) {
        this.listener = listener;
        this.target = target;
    }

    /** Starts to listen; whether anyone listens at the target matters only to who connects. */
    public static TcpProxy open(int targetPort) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(loopback, new FreePorts().next()), BACKLOG);
            TcpProxy proxy = new TcpProxy(listener, new InetSocketAddress(loopback, targetPort));
            Thread.ofVirtual().name("proxy-" + targetPort).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen for a proxy to port " + targetPort, e);
        }
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Breaks the link for as long as it is not restored. */
    public void cut(Cut how) {
        lock.lock();
        try {
            cut = Optional.of(how);
            restored.signalAll();
        } finally {
            lock.unlock();
        }
        if (how == Cut.RESET) {
            resetAll();
        }
    }

    /** Lets bytes through again, those that were held back first. */
    public void restore() {
        lock.lock();
        try {
            cut = Optional.empty();
            restored.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                if (isReset()) {
                    reset(client);
                } else {
                    Thread.ofVirtual().name("proxy-connect").start(() -> connect(client));
                }
            } catch (IOException e) {
                // closed, or a client that has left already
                continue;
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        sockets.add(server);
        try {
            server.connect(target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            reset(client);
            reset(server);
            return;
        }
        if (isReset()) {
            reset(client);
            reset(server);
            return;
        }
        Thread.ofVirtual().name("proxy-up").start(() -> pump(client, server));
        Thread.ofVirtual().name("proxy-down").start(() -> pump(server, client));
    }

    /** Hands on until one side ends: an orderly end is handed on too, anything else resets both. */
    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); ; read = in.read(buffer)) {
                awaitPassage();
                if (read < 0) {
                    to.shutdownOutput();
                    break;
                }
                out.write(buffer, 0, read);
            }
            if (from.isOutputShutdown()) {
                forget(from);
                forget(to);
            }
        } catch (IOException e) {
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPassage() throws InterruptedException {
        lock.lock();
        try {
            while (cut.filter(Cut.BLACK_HOLE::equals).isPresent()) {
                restored.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isReset() {
        lock.lock();
        try {
            return cut.filter(Cut.RESET::equals).isPresent();
        } finally {
            lock.unlock();
        }
    }

    private void resetAll() {
        sockets.forEach(this::reset);
    }

    private void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        forget(socket);
    }

    private void forget(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // gone either way
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // it listens no more
        }
        restore();
        resetAll();
    }
}
