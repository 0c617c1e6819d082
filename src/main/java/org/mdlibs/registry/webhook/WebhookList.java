package org.mdlibs.registry.webhook;

import java.util.List;

/** The webhooks of a scope, the oldest first. */
public record WebhookList(List<WebhookDetails> webhooks) {
  public WebhookList {
    webhooks = List.copyOf(webhooks);
  }
}
