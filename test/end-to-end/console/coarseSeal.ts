/** A seal of 100 × 100 pixels, PNG, greyscale, 1 bit: correct in form, too coarse to print. */
export const PNG_1BIT_COARSE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkAQAAAABYmaj5AAAAFElEQVR4nGNgGAWjYBSMglFATwAABXgAAQj9RYMAAAAASUVORK5CYII=',
  'base64',
);
