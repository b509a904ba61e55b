/** The same object with some members of its own. The others are called on the object itself, as it may be an instance of a class. */
export const withMembers = <T extends object>(object: T, members: Partial<T>): T =>
  new Proxy<T>(Object.create(object), {
    get: (_, name) => {
      if (Object.hasOwn(members, name)) return Reflect.get(members, name);
      const member: unknown = Reflect.get(object, name);
      return typeof member === 'function' ? member.bind(object) : member;
    },
  });
