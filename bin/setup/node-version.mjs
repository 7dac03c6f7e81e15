const oldest = [20, 19]

/** @type {import('./step').Step} */
export default {
  title: `Node ${oldest.join('.')} or later`,
  done() {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    return major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
  },
  async run() {
    throw new Error(
      `Node ${process.versions.node} is too old: Assay needs ${oldest.join('.')} or later, see https://nodejs.org/en/download`,
    )
  },
}
