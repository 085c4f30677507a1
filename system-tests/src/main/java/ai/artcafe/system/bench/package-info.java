/**
 * Benchmarks as ratios: each contender runs in a process of its own, in turns with the baseline, in
 * one run on one machine.
 */
@NullMarked
package ai.artcafe.system.bench;

import org.jspecify.annotations.NullMarked;
