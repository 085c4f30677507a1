package ai.artcafe.system.load;

/**
 * A message that is to be published.
 *
 * @param wording the form of its subject at the NATS door
 * @param subject relative to the tenant
 * @param payload what it says
 */
record Said(Wording wording, String subject, Payload payload) {}
