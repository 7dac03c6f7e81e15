import type { Step } from './step'

declare const step: Step
export default step
