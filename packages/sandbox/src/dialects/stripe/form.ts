/** A node of a form: a text, or members by key. Members have no prototype, so no key is special. */
type FormNode = string | FormObject;

/** Members by key; the items of a list are numbered. */
export interface FormObject {
  [key: string]: FormNode;
}

const emptyObject = (): FormObject => Object.create(null);

/** The keys in `a[b][]`: `a`, `b` and an empty one. Brackets that don't balance are part of the name. */
function keysOf(name: string): readonly [string, ...string[]] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (match === null) return [name];
  return [match[1] ?? name, ...Array.from((match[2] ?? '').matchAll(/\[([^[\]]*)\]/g), ([, key]) => key ?? '')];
}

/** Reads `a=1&b[c]=2&d[]=3&d[0]=4`, percent-encoded or not. The last of equal names wins. */
export function parseForm(body: string): FormObject {
  const root = emptyObject();
  for (const [name, value] of new URLSearchParams(body)) {
    const keys = keysOf(name);
    let node = root;
    for (const [depth, key] of keys.entries()) {
      const own = key === '' && depth > 0 ? String(Object.keys(node).length) : key;
      if (depth === keys.length - 1) {
        node[own] = value;
        break;
      }
      const present = node[own];
      const child = typeof present === 'object' ? present : emptyObject();
      node[own] = child;
      node = child;
    }
  }
  return root;
}
