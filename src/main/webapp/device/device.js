// The page on which a person confirms a device (RFC 8628). All text from the registry is set as text, never as markup.

const api = new URL('../api/v1/', location.href);
const meanings = {
  read: 'read libraries',
  publish: 'publish libraries',
  manage: 'manage libraries, teams and tokens',
  admin: 'administrate the registry',
};

const element = (id) => document.getElementById(id);
let waiting = '';

function say(text) {
  element('message').textContent = text;
}

function show(section) {
  for (const id of ['login', 'ask', 'confirm']) {
    element(id).hidden = id !== section;
  }
}

function csrfToken() {
  const cookie = document.cookie.split('; ').find((pair) => /^(__Host-)?mdlibs_csrf=/.test(pair));
  return cookie ? cookie.slice(cookie.indexOf('=') + 1) : '';
}

async function call(method, path, body) {
  const request = { method, headers: { Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store' };
  if (method !== 'GET') {
    request.headers['X-CSRF-Token'] = csrfToken();
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  const response = await fetch(new URL(path, api), request);
  const text = await response.text();
  return { ok: response.ok, status: response.status, body: text ? JSON.parse(text) : {} };
}

function asked() {
  return element('code').value || new URLSearchParams(location.search).get('user_code') || '';
}

async function start() {
  const me = await call('GET', 'users/me');
  if (me.status === 401) {
    await offerLogin();
    return;
  }
  if (!me.ok) {
    say(me.body.detail);
    return;
  }
  for (const place of document.querySelectorAll('.who')) {
    place.textContent = me.body.username;
  }
  element('code').value = asked();
  if (asked()) {
    await look();
  } else {
    show('ask');
    element('code').focus();
  }
}

async function offerLogin() {
  const methods = await call('GET', 'auth/methods');
  const way = methods.body.single_sign_on;
  if (way) {
    const back = asked() ? `/device/?user_code=${encodeURIComponent(asked())}` : '/device/';
    const link = new URL(`auth/oidc/login?redirect=${encodeURIComponent(back)}`, api);
    element('sso-link').href = link.href;
    element('sso').hidden = false;
  }
  show('login');
  element('username').focus();
}

async function logIn() {
  const answer = await call('POST', 'auth/login', {
    username: element('username').value,
    password: element('password').value,
    cookie: true,
  });
  element('password').value = '';
  if (!answer.ok) {
    say(answer.body.detail);
    return;
  }
  say('');
  await start();
}

async function look() {
  const code = asked();
  const answer = await call('GET', `auth/device/${encodeURIComponent(code)}`);
  if (!answer.ok) {
    say(answer.body.detail);
    show('ask');
    element('code').focus();
    return;
  }
  say('');
  const device = answer.body;
  waiting = device.user_code;
  element('shown-code').textContent = device.user_code;
  element('client-name').textContent = device.client_name;
  element('address').textContent = device.address;
  element('asked-at').textContent = new Date(device.created_at).toLocaleString();
  element('scopes').textContent = device.scopes.map((scope) => meanings[scope] ?? scope).join(', ');
  show('confirm');
}

async function decide(approve) {
  const answer = await call('POST', `auth/device/${encodeURIComponent(waiting)}`, { approve });
  if (!answer.ok) {
    say(answer.body.detail);
    return;
  }
  show('');
  say(approve ? 'The device is logged in. You can close this page.' : 'The device was denied. You can close this page.');
}

/** Runs one action at a time, and tells when the registry cannot be reached. */
function on(id, event, action) {
  element(id).addEventListener(event, async (happened) => {
    happened.preventDefault();
    const buttons = document.querySelectorAll('button');
    buttons.forEach((button) => { button.disabled = true; });
    try {
      await action();
    } catch {
      say('The registry cannot be reached: try again.');
    } finally {
      buttons.forEach((button) => { button.disabled = false; });
    }
  });
}

on('login-form', 'submit', logIn);
on('code-form', 'submit', look);
on('approve', 'click', () => decide(true));
on('deny', 'click', () => decide(false));
start().catch(() => say('The registry cannot be reached: try again.'));
