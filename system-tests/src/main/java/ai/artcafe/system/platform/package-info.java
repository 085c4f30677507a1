/**
 * The whole platform on this machine: backing services and our own, each a process that can be
 * broken.
 */
@NullMarked
package ai.artcafe.system.platform;

import org.jspecify.annotations.NullMarked;
