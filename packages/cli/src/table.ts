/** Rows as columns that stand below each other. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()}\n`).join('');
};

/** A value as indented JSON, for a file or another program. */
export const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
