// A real OpenID provider with its own pages for logging in and consenting.
// Arguments: port, redirect URI, client id, client secret. Says "ready" when it listens.
// The name that somebody logs in with tells his groups: "kim+staff+admins" is kim, of two groups.
import Provider from 'oidc-provider';

const [port, redirectUri, clientId, clientSecret] = process.argv.slice(2);

function account(login) {
  const [name, ...groups] = login.split('+');
  const claims = {
    sub: `id-of-${name}`,
    preferred_username: name,
    email: `${name}@corp.example`,
    email_verified: true,
    groups,
  };
  return { accountId: login, claims: () => claims };
}

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: {
    openid: ['sub'],
    profile: ['preferred_username', 'groups'],
    email: ['email', 'email_verified'],
  },
  cookies: { keys: ['a key of the tests and of nothing else'] },
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
  findAccount: (context, login) => account(login),
});

provider.listen(Number(port), 'localhost', () => console.log('ready'));
