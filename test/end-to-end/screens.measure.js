/**
 * Runs in the page: what breaks the table of screens.md 1 on the screen shown now, as sentences. Lengths in mm.
 */
export function measureScreen() {
  const SLACK_PX = 1;
  const LOWEST_TARGET_MM = 15;
  const NARROWEST_GAP_MM = 4;
  // 5.5 mm of character height; a kanji of BIZ UDGothic fills 0.95 of its em
  const SMALLEST_LETTER_MM = 5.5 / 0.95;
  const LOWEST_CONTRAST = 7;
  const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'));
  const found = new Set();
  const nameOf = (element) => `${element.className || element.tagName} "${element.textContent.slice(0, 20)}"`;
  const rgbOf = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  // relative luminance, WCAG 2.1
  const luminanceOf = (rgb) => {
    const [red, green, blue] = rgb.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const rgb = rgbOf(getComputedStyle(each).backgroundColor);
      if (rgb.length === 3) return rgb;
    }
    return [255, 255, 255];
  };
  const contrastOf = (element) => {
    const ink = luminanceOf(rgbOf(getComputedStyle(element).color));
    const ground = luminanceOf(groundOf(element));
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
  };
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
    const disabled = element.closest('button:disabled');
    const letters = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const small = Number.parseFloat(style.fontSize) < SMALLEST_LETTER_MM * mm - 0.1;
    if (letters && small && element.closest('main, .dialog, .bottom')) found.add(`small: ${nameOf(element)}`);
    if (letters && !disabled && contrastOf(element) < LOWEST_CONTRAST) {
      found.add(`pale ${contrastOf(element).toFixed(1)}:1: ${nameOf(element)}`);
    }
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
