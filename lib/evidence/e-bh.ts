/**
 * Which of many e-values of one batch screen count, at false discovery rate `q`, under any dependence: the top k, k the largest with e₍k₎ ≥ m / (q·k).
 * Source: Wang & Ramdas 2022, False discovery rate control with e-values.
 * @returns indices into `values`, strongest first; equal ones in their order.
 */
export function eBenjaminiHochberg(values: readonly number[], q: number): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[b] as number) - (values[a] as number) || a - b)
  let k = 0
  for (let i = 0; i < order.length; i++) {
    if ((values[order[i] as number] as number) >= values.length / (q * (i + 1))) k = i + 1
  }
  return order.slice(0, k)
}
