// Sets formulas for equations.py: one JSON request a line comes in, one JSON answer a line goes out.
// When the builder ends, standard input ends, and so does this.
const katex = require(process.argv[2]);

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { tex, options } = JSON.parse(line);
    let answer;
    try {
      answer = { html: katex.renderToString(tex, options) };
    } catch (error) {
      answer = { error: error.message };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  });
