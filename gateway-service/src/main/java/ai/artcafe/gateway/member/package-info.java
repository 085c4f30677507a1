/** Members: the users that a tenant's admins let into it, and what each may do. */
@NullMarked
package ai.artcafe.gateway.member;

import org.jspecify.annotations.NullMarked;
