/**
 * Runs in the page: what breaks the table of screens.md 1 on the screen shown now, as sentences. Lengths in mm.
 */
export function measureScreen() {
  const SLACK_PX = 1;
  const LOWEST_TARGET_MM = 15;
  const NARROWEST_GAP_MM = 4;
  // 5.5 mm of character height; a kanji of BIZ UDGothic fills 0.95 of its em
  const SMALLEST_LETTER_MM = 5.5 / 0.95;
  const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'));
  const found = new Set();
  const nameOf = (element) => `${element.className || element.tagName} "${element.textContent.slice(0, 20)}"`;
  const shown = [...document.querySelectorAll('#screen *, .overlay, .overlay *')].filter(
    (element) => !element.closest('svg') && !element.closest('.visually-hidden, [style*="clip"]'),
  );

  for (const element of shown) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (style.display !== 'inline' && element.clientHeight > 0) {
      if (element.scrollHeight > element.clientHeight + SLACK_PX) found.add(`too high: ${nameOf(element)}`);
      if (element.scrollWidth > element.clientWidth + SLACK_PX) found.add(`too wide: ${nameOf(element)}`);
    }
    const outside =
      box.left < -SLACK_PX ||
      box.top < -SLACK_PX ||
      box.right > innerWidth + SLACK_PX ||
      box.bottom > innerHeight + SLACK_PX;
    if (outside) found.add(`outside: ${nameOf(element)}`);
    const letters = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const small = Number.parseFloat(style.fontSize) < SMALLEST_LETTER_MM * mm - 0.1;
    if (letters && small && element.closest('main, .dialog, .bottom')) found.add(`small: ${nameOf(element)}`);
  }

  const modal = document.querySelector('.overlay');
  const buttons = [...(modal ?? document).querySelectorAll('button')].filter(
    (element) => !element.closest('[style*="clip"]'),
  );
  const boxes = buttons.map((button) => [button, button.getBoundingClientRect()]);
  for (const [button, box] of boxes) {
    if (box.height < LOWEST_TARGET_MM * mm - SLACK_PX) found.add(`low target: ${nameOf(button)}`);
    for (const [other, near] of boxes) {
      if (other === button) continue;
      const across = Math.max(near.left - box.right, box.left - near.right);
      const down = Math.max(near.top - box.bottom, box.top - near.bottom);
      if (Math.max(across, down) < NARROWEST_GAP_MM * mm - SLACK_PX) {
        found.add(`too near: ${nameOf(button)} and ${nameOf(other)}`);
      }
    }
  }
  const { scrollHeight, clientHeight } = document.documentElement;
  if (scrollHeight > clientHeight) found.add('the page scrolls');
  return [...found];
}
