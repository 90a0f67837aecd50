// Draws the API's document. A file of its own, because our pages allow no inline scripts.
const place = document.getElementById("api-docs");

window.SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // The public validator is a third party's address: no page of ours asks one.
  validatorUrl: null,
});
