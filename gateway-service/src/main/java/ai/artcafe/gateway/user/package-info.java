/** Users' bearer tokens at both of their doors, REST and the dashboards' sockets. */
@NullMarked
package ai.artcafe.gateway.user;

import org.jspecify.annotations.NullMarked;
