/** Thrown by a promise that finds, when it runs, that the stage cannot bring about what it is about. It is reported as not tested, with the reason. */
export class NotTested extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotTested';
  }
}
