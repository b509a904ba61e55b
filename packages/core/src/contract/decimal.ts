/** A whole number of units, and the number of decimal digits that these have. */
export interface Units {
  readonly units: number;
  readonly scale: number;
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/**
 * Units as decimal text, exactly and with all digits: 1205 units of scale 2 are `"12.05"`, 1500 of scale 0 `"1500"`. A `WireAmount` is one.
 * @throws RangeError when the units or their digits are not a safe whole number from 0. The core hands over no such amount.
 */
export const decimalText = ({ units, scale }: Units): string => {
  if (!isCount(units) || !isCount(scale)) throw new RangeError('Units and their decimal digits are whole numbers from 0.');
  const digits = String(units).padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};

/**
 * The units that decimal text says, exactly and never rounded: `"12.05"`, `"12.050"` at a scale of 2 are 1205, and `"12"` is 1200.
 * @returns `null` when it is not plain decimal text from 0, has a fraction of a unit, or is more than can be counted exactly.
 */
export const unitsOf = (text: string, scale: number): number | null => {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || !isCount(scale) || /[1-9]/.test(fraction.slice(scale))) return null;
  const units = Number(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  return Number.isSafeInteger(units) ? units : null;
};
