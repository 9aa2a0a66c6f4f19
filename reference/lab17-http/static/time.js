fetch("/time")
  .then((reply) => reply.text())
  .then((time) => { document.getElementById("time").textContent = time; });
