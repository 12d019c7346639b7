// Cuts the standard widget manager out of html-manager's bundle: its class, the controls of ipywidgets 8 and what
// they need. What stays away: ipywidgets 7, and what looks for widgets in a page and validates them with eval.
const { readFileSync, writeFileSync } = require("fs");
const { runInNewContext } = require("vm");

const [bundle, target] = process.argv.slice(2);
const text = readFileSync(bundle, "utf8");
const from = text.indexOf("{", text.indexOf("__webpack_modules__="));
const to = text.indexOf(",__webpack_module_cache__={}");
const modules = runInNewContext(`(${text.slice(from, to)})`); // functions, none of which is called

function replaced(source, wrong, right) {
  const parts = source.split(wrong);
  if (parts.length !== 2) throw new Error(`${parts.length - 1} places match ${wrong}`);
  return parts.join(right);
}

let rest = text.slice(to);
const styles = rest.match(/var (\w+)=__webpack_require__\((\d+)\),(\w+)=\{\};\3\.styleTagTransform/g);
rest = rest.slice(0, rest.indexOf(styles[1])); // of three stylesheets the first: the icons
rest = replaced(rest, /"1\.2\.0"===\(0,t\.maxSatisfying\)\([^)]*\)\?1583:564/, "564");
rest = replaced(rest, /"1\.5\.0"===\(0,t\.maxSatisfying\)\([^)]*\)\?\([^?]*?\(5403\)\)\):\(/, "(");
rest += "self.bpManager={HTMLManager:ot,base:n};})()})();\n";

const wanted = new Set();
function want(source, require) {
  for (const [, id] of source.matchAll(new RegExp(`(?<![\\w$.])${require}(?:\\.t|\\.bind\\(${require},)?\\((\\d+)`, "g"))) {
    if (!(id in modules) || wanted.has(id)) continue;
    wanted.add(id);
    const own = modules[id].toString();
    const name = own.match(/^(?:function\s*\w*)?\(?([^)=]*)\)?/)[1].split(",")[2];
    if (name) want(own, name.trim().replace("$", "\\$"));
  }
}
want(rest, "__webpack_require__");

const kept = [...wanted].map((id) => `${id}:${modules[id].toString()}`);
writeFileSync(target, `${text.slice(0, from)}{${kept.join(",")}}${rest}`);
