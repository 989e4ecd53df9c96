/* Saves what the server wrote without leaving a copy on it. */
window.passerelleSave = (file) => {
  const { name, type, content } = JSON.parse(file);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

/* Says at once that Stop was heard; the server's own word follows when the model has stopped. */
window.passerelleStopping = () => {
  const line = document.querySelector("#status .busy");
  if (line) line.textContent = "Stopping…";
};
