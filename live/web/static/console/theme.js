/* Before the first paint, so that a light console does not flash dark. A classic script: modules come too late. */
document.documentElement.dataset.theme = localStorage.getItem("linbo-theme") ?? "dark";
