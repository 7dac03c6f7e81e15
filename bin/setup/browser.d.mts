import type { Step } from './step'
/** Path of a Chromium or Chrome that can be started, the system's first, then Playwright's own; null when there is none. */
export function findBrowser(): string | null
declare const step: Step
export default step
