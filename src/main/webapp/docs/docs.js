// Shows the document of this registry. Nothing is loaded from elsewhere, and nothing is sent there.
SwaggerUIBundle({
  url: '../openapi?format=json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  filter: true,
  validatorUrl: null,
});
