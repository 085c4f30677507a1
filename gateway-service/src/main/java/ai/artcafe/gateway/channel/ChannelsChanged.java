package ai.artcafe.gateway.channel;

/** It was written down that agents' channels have changed: fired by whoever has done so here. */
record ChannelsChanged() {}
