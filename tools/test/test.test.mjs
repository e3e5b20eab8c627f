import { expect, it } from 'vitest';
import { countReport } from '../test.mjs';

const file = (status, ...tests) => ({ status, assertionResults: tests.map((test) => ({ status: test })) });

it('counts passed and failed tests over all files, and no skipped ones', () => {
  const testResults = [file('passed', 'passed', 'passed', 'skipped'), file('failed', 'failed', 'passed', 'failed')];
  expect(countReport({ testResults })).toEqual({ passed: 3, failed: 2 });
});

it('counts a file that could not be loaded as a failure', () => {
  expect(countReport({ testResults: [file('failed'), file('passed', 'passed')] })).toEqual({ passed: 1, failed: 1 });
  expect(countReport({ testResults: [file('failed', 'passed')] })).toEqual({ passed: 1, failed: 1 });
});
