package org.mdlibs.registry.login;

import java.io.IOException;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.AuthenticationException;
import javax.naming.AuthenticationNotSupportedException;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import javax.naming.PartialResultException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.InvalidAttributeValueException;
import javax.naming.directory.NoSuchAttributeException;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import org.mdlibs.registry.config.LdapConfig;

/**
 * A connection to the directory (RFC 4511), bound as the one who searches. It trusts what the
 * virtual machine trusts, follows no referrals, and waits a few seconds at most. It asks for named
 * attributes and for no objects, so nothing of an entry is deserialised.
 */
@SuppressWarnings({"BanJNDI", "JdkObsolete"})
final class LdapDirectory implements AutoCloseable {
  private static final String CONNECT_MILLIS = "3000";
  private static final int READ_MILLIS = 5000;
  private static final Set<String> BINARY = Set.of("objectguid", "objectsid", "guid");
  private static final String GROUP_NAME = "cn";

  private final LdapConfig config;
  private final Connection connection;

  private LdapDirectory(LdapConfig config) throws NamingException {
    this.config = config;
    this.connection =
        new Connection(config, config.bindDn().orElse(null), config.bindPassword().orElse(null));
  }

  /** Connects. */
  static LdapDirectory open(LdapConfig config) throws NamingException {
    return new LdapDirectory(config);
  }

  /** The one person whom a name finds; empty when there is none, or more than one. */
  Optional<LdapEntry> findByName(String name) throws NamingException {
    return find(LdapFilter.fill(config.userFilter(), name));
  }

  /** The person of an id, while the user filter holds for him. */
  Optional<LdapEntry> findById(String id) throws NamingException {
    String value =
        isBinary() ? LdapFilter.escape(HexFormat.of().parseHex(id)) : LdapFilter.escape(id);
    return find(
        "(&(%s=%s)%s)".formatted(config.idAttribute(), value, LdapFilter.any(config.userFilter())));
  }

  /** Whether a password is that of a person. */
  boolean authenticates(LdapEntry entry, String password) throws NamingException {
    if (password.isEmpty()) {
      return false; // RFC 4513 §5.1.2: a bind without a password succeeds as nobody
    }
    try (var bound = new Connection(config, entry.dn(), password)) {
      return bound.context != null;
    } catch (AuthenticationException
        | AuthenticationNotSupportedException
        | OperationNotSupportedException
        | InvalidAttributeValueException e) {
      return false; // wrong, or locked: the directories differ in how they say it
    }
  }

  private boolean isBinary() {
    return BINARY.contains(config.idAttribute().toLowerCase(Locale.ROOT));
  }

  private Optional<LdapEntry> find(String filter) throws NamingException {
    var controls =
        controls(2, config.idAttribute(), config.nameAttribute(), config.mailAttribute());
    NamingEnumeration<SearchResult> found =
        connection.context.search(new LdapName(config.userBase()), filter, controls);
    try {
      if (!hasMore(found)) {
        return Optional.empty();
      }
      SearchResult result = found.next();
      return hasMore(found) ? Optional.empty() : entry(result);
    } finally {
      found.close();
    }
  }

  private Optional<LdapEntry> entry(SearchResult result) throws NamingException {
    Attributes attributes = result.getAttributes();
    Object id = value(attributes, config.idAttribute());
    Object name = value(attributes, config.nameAttribute());
    if (id == null || name == null) {
      throw new NoSuchAttributeException(
          "An entry has no %s or no %s".formatted(config.idAttribute(), config.nameAttribute()));
    }
    Object mail = value(attributes, config.mailAttribute());
    String dn = result.getNameInNamespace();
    return Optional.of(
        new LdapEntry(
            dn,
            id instanceof byte[] octets ? HexFormat.of().formatHex(octets) : id.toString(),
            name.toString(),
            mail == null ? null : mail.toString(),
            groups(dn, name.toString())));
  }

  private Set<String> groups(String dn, String name) throws NamingException {
    var groups = new TreeSet<String>();
    if (config.groupBase().isEmpty()) {
      return groups;
    }
    NamingEnumeration<SearchResult> found =
        connection.context.search(
            new LdapName(config.groupBase().get()),
            LdapFilter.fill(config.groupFilter(), dn, name),
            controls(0, GROUP_NAME));
    try {
      while (hasMore(found)) {
        Object group = value(found.next().getAttributes(), GROUP_NAME);
        if (group != null) {
          groups.add(group.toString().toLowerCase(Locale.ROOT));
        }
      }
    } finally {
      found.close();
    }
    return groups;
  }

  /** A directory that would refer to another one ends its list by this exception. */
  private static boolean hasMore(NamingEnumeration<SearchResult> found) throws NamingException {
    try {
      return found.hasMore();
    } catch (PartialResultException e) {
      return false;
    }
  }

  private static Object value(Attributes attributes, String name) throws NamingException {
    Attribute attribute = attributes.get(name);
    return attribute == null || attribute.size() == 0 ? null : attribute.get();
  }

  private static SearchControls controls(int most, String... attributes) {
    return new SearchControls(
        SearchControls.SUBTREE_SCOPE, most, READ_MILLIS, attributes, false, false);
  }

  @Override
  public void close() throws NamingException {
    connection.close();
  }

  /** A context, encrypted before it is bound where that is wanted. */
  private static final class Connection implements AutoCloseable {
    private final LdapContext context;
    private StartTlsResponse tls;

    /** Connects and binds; without a DN as nobody. */
    Connection(LdapConfig config, String dn, String password) throws NamingException {
      var environment = new Hashtable<String, Object>();
      environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
      environment.put(Context.PROVIDER_URL, config.url());
      environment.put(Context.REFERRAL, "ignore");
      environment.put("com.sun.jndi.ldap.connect.timeout", CONNECT_MILLIS);
      environment.put("com.sun.jndi.ldap.read.timeout", String.valueOf(READ_MILLIS));
      if (BINARY.contains(config.idAttribute().toLowerCase(Locale.ROOT))) {
        environment.put("java.naming.ldap.attributes.binary", config.idAttribute());
      }
      if (!config.startTls()) {
        credentials(dn, password).forEach(environment::put);
        context = new InitialLdapContext(environment, null);
        return;
      }
      context = new InitialLdapContext(environment, null);
      try {
        tls = (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
        tls.negotiate();
        for (var credential : credentials(dn, password).entrySet()) {
          context.addToEnvironment(credential.getKey(), credential.getValue());
        }
        context.reconnect(null);
      } catch (IOException e) {
        close();
        var failure = new NamingException("StartTLS failed: " + e.getMessage());
        failure.initCause(e);
        throw failure;
      } catch (NamingException e) {
        close();
        throw e;
      }
    }

    private static Hashtable<String, String> credentials(String dn, String password) {
      var credentials = new Hashtable<String, String>();
      credentials.put(Context.SECURITY_AUTHENTICATION, dn == null ? "none" : "simple");
      if (dn != null) {
        credentials.put(Context.SECURITY_PRINCIPAL, dn);
        credentials.put(Context.SECURITY_CREDENTIALS, password);
      }
      return credentials;
    }

    @Override
    public void close() throws NamingException {
      try {
        if (tls != null) {
          tls.close();
        }
      } catch (IOException e) {
        // the connection is closed below
      } finally {
        context.close();
      }
    }
  }
}
