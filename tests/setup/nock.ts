import nock from 'nock';
import { beforeAll } from 'vitest';

// A file that is done puts the real network back; here the next file runs in the same process.
beforeAll(() => {
  if (!nock.isActive()) nock.activate();
});
