/** Steps of the golden ratio, modulo 1, spread one uniform number evenly over the units of a row. */
export const goldenStep = 0.6180339887498949
