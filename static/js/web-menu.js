// On a phone the menu scrolls sideways: bring the room where you are into view.
const here = document.querySelector(".side [aria-current]");
const row = here?.closest("nav");
if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - 24;
