/** Which files a file imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The shortest way along imports from a file to a goal, both ends included; `null` where there is none. */
const shortestWay = (graph: ImportGraph, start: string, goal: string): readonly string[] | null => {
  const reachedFrom = new Map<string, string | null>([[start, null]]);
  // A map is walked in the order of insertion, and also over what is inserted on the way: this is a breadth-first search.
  for (const [file] of reachedFrom) {
    if (file === goal) {
      const way: string[] = [];
      for (let at: string | null = goal; at !== null; at = reachedFrom.get(at) ?? null) way.unshift(at);
      return way;
    }
    for (const next of graph.get(file) ?? []) if (!reachedFrom.has(next)) reachedFrom.set(next, file);
  }
  return null;
};

/** The same circle begins at the same file, wherever it was entered. */
const fromSmallest = (circle: readonly string[]): readonly string[] => {
  const smallest = circle.indexOf([...circle].toSorted()[0] ?? '');
  return [...circle.slice(smallest), ...circle.slice(0, smallest)];
};

/**
 * The circles of a graph of imports: for every import that leads back to its own file, the shortest such circle, each once. A circle is the list of its
 * files, the first one alphabetically first; each imports the next, and the last imports the first. Files outside the graph are passed over.
 */
export const importCircles = (graph: ImportGraph): readonly (readonly string[])[] => {
  const found = [...graph].flatMap(([file, imports]) =>
    imports.flatMap((to) => {
      const circle = shortestWay(graph, to, file);
      return circle === null ? [] : [fromSmallest(circle)];
    }));
  const byName = new Map(found.map((circle) => [circle.join('\n'), circle]));
  return [...byName].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, circle]) => circle);
};
