package org.mdlibs.registry.webhook;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.mdlibs.registry.access.Callers;
import org.mdlibs.registry.access.Needs;
import org.mdlibs.registry.access.Permission;
import org.mdlibs.registry.access.Role;
import org.mdlibs.registry.audit.Origin;
import org.mdlibs.registry.http.Created;
import org.mdlibs.registry.json.PageLinks;
import org.mdlibs.registry.name.Paging;
import org.mdlibs.registry.problem.ProblemException;
import org.mdlibs.registry.problem.ProblemType;
import org.mdlibs.registry.user.Namespace;
import org.mdlibs.registry.webhook.Webhooks.Actor;

/**
 * The webhooks of a scope, for its user, the admins of its team, and the registry's administrators.
 * Every operation: 401, 403, 404.
 */
@Path("scopes/{scope}/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class WebhookResource {
  @Inject private WebhookAccess access;
  @Inject private Webhooks webhooks;
  @Inject private Deliveries deliveries;
  @Inject private Destination destination;
  @Inject private HttpServletRequest request;

  /** The webhooks, without their secrets: 200. */
  @GET
  @Operation(operationId = "listWebhooks", summary = "List the webhooks of a scope")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public WebhookList list(@PathParam("scope") String scope) {
    Namespace namespace = access.scope(Callers.of(request), scope);
    return new WebhookList(
        webhooks.ofScope(namespace.id()).stream()
            .map(webhook -> WebhookDetails.of(namespace.name(), webhook, null))
            .toList());
  }

  /** Makes a webhook: 201, the only answer that holds its secret; 400; 409 for too many. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createWebhook",
      summary = "Make a webhook",
      description = "The answer is the only one that holds its secret.")
  @APIResponseSchema(
      value = WebhookDetails.class,
      responseCode = "201",
      responseDescription = "The webhook was made.")
  @APIResponse(responseCode = "409", description = "TOO_MANY_WEBHOOKS.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public Response create(@PathParam("scope") String scope, WebhookRequest wanted) {
    Namespace namespace = access.scope(Callers.of(request), scope);
    Webhooks.Made made = webhooks.create(namespace, wanted.parse(true, destination), actor());
    return Created.at("/api/v1/scopes/" + namespace.name() + "/webhooks/" + made.webhook().id())
        .entity(WebhookDetails.of(namespace.name(), made.webhook(), made.secret()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** A webhook: 200. */
  @GET
  @Path("{id}")
  @Operation(operationId = "getWebhook", summary = "Show a webhook")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public WebhookDetails webhook(@PathParam("scope") String scope, @PathParam("id") String id) {
    Namespace namespace = access.scope(Callers.of(request), scope);
    return WebhookDetails.of(namespace.name(), access.webhook(namespace, id), null);
  }

  /** Changes a webhook; what is left out stays: 200; 400. */
  @PATCH
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeWebhook",
      summary = "Change a webhook",
      description = "What is left out stays as it is.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public WebhookDetails change(
      @PathParam("scope") String scope, @PathParam("id") String id, WebhookRequest wanted) {
    Namespace namespace = access.scope(Callers.of(request), scope);
    Webhook webhook = access.webhook(namespace, id);
    WebhookRequest.Parsed parsed = wanted.parse(false, destination);
    return WebhookDetails.of(
        namespace.name(), webhooks.change(namespace, webhook.id(), parsed, actor()), null);
  }

  /** Removes a webhook, and whatever it was still to be told: 204. */
  @DELETE
  @Path("{id}")
  @Operation(
      operationId = "deleteWebhook",
      summary = "Remove a webhook",
      description = "What it was still to be told is not sent.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public void remove(@PathParam("scope") String scope, @PathParam("id") String id) {
    Namespace namespace = access.scope(Callers.of(request), scope);
    webhooks.remove(namespace, access.webhook(namespace, id).id(), actor());
  }

  /** Sends the event {@code ping}, as every other is sent: 202, before it is. */
  @POST
  @Path("{id}/ping")
  @Operation(operationId = "pingWebhook", summary = "Send a ping to a webhook")
  @APIResponse(
      responseCode = "409",
      description = "CONFLICT: it is not active, or a ping of it still waits.")
  @APIResponseSchema(
      value = DeliveryQueued.class,
      responseCode = "202",
      responseDescription = "It will be sent in a moment.")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public Response ping(@PathParam("scope") String scope, @PathParam("id") String id) {
    Namespace namespace = access.scope(Callers.of(request), scope);
    Webhook webhook = access.webhook(namespace, id);
    if (!webhook.isActive()) {
      throw new ProblemException(ProblemType.CONFLICT, "Activate the webhook first.");
    }
    var queued =
        new DeliveryQueued(
            deliveries.addPing(webhook.id(), Callers.of(request).username()),
            Payload.PING,
            "pending");
    return Response.accepted(queued).build();
  }

  /** What was and is to be delivered, of the last seven days, the newest first: 200; 400. */
  @GET
  @Path("{id}/deliveries")
  @Operation(
      operationId = "listWebhookDeliveries",
      summary = "List what was and is to be delivered",
      description = "Of the last seven days, the newest first.")
  @APIResponseSchema(value = DeliveryPage.class, responseCode = "200")
  @RolesAllowed(Role.USER_NAME)
  @Needs(Permission.MANAGE)
  public Response deliveries(
      @PathParam("scope") String scope,
      @PathParam("id") String id,
      @QueryParam("page") String page,
      @QueryParam("per_page") String perPage,
      @Context UriInfo uri) {
    Namespace namespace = access.scope(Callers.of(request), scope);
    Webhook webhook = access.webhook(namespace, id);
    Paging paging = Paging.parse(page, perPage);
    DeliveryPage found = deliveries.page(webhook.id(), paging);
    String path =
        "/api/v1/scopes/" + namespace.name() + "/webhooks/" + webhook.id() + "/deliveries";
    return PageLinks.answer(found, found.total(), uri, path, paging);
  }

  private Actor actor() {
    return new Actor(Callers.of(request), Origin.of(request));
  }
}
