import { describe, expect, it } from 'vitest';
import type { DecorationNode } from '../../../renderer/markdown/decoration-node.ts';
import { setFormula } from '../../../renderer/markdown/set-formula.ts';

const SHOWN = String.raw`x^2
\frac{1}{2}
\sqrt[3]{x+1}
\begin{pmatrix}a & b\\ c & d\end{pmatrix}
\begin{aligned} x &= 1\\[2pt] y &= 2\end{aligned}
\int\!\!\int f\,dx
\text{if } x > 0
\mathbb{R}^n
\sum_{i=1}^n i
\left( \frac{a}{b} \right)
\boxed{42}
\operatorname{argmax}_x f
\hat{x} \vec{v} \overline{ab}
\begin{cases} 1 & x\ge 0 \\ 0 & \text{otherwise}\end{cases}
a \equiv b \pmod{n}
\underbrace{a+b}_{n}
\binom{n}{k}
a \ne b \notin C
x \quad y
\begin{array}{c|c} a & b \\ \hline c & d\end{array}
\substack{a\\b}
\longrightarrow \vdots \ddots
100\%
\mathrm{d}x \mathbf{y}
5^\circ`.split('\n');

/** What TeX could hide, move, colour or throw away. */
const AS_WRITTEN = String.raw`\phantom{secret}x
\hphantom{abc}
\color{white}secret
\textcolor{white}{s}
\colorbox{black}{x}
\fcolorbox{red}{black}{x}
\kern-1000em x
\kern9999em x
a\hspace{-5em}b
a\mkern-900mu b
\mskip-50mu x
\mathop{\kern-9em x}
\hbox{\kern-9em a}
a\!\!\!\!\!\!\!\!b
\llap{abc}
\rlap{9}8
\mathllap{x}y
\clap{x}
\smash{x}
\raisebox{5em}{x}
\vcenter{x}
\href{http://x}{y}
\url{http://x}
\includegraphics{http://x}
\htmlClass{a}{b}
\htmlStyle{color: white}{b}
\rule{10em}{10em}
\tiny secret
x % comment secret
\def\a{secret}x
\gdef\frac#1#2{} \frac{12}{34}
\let\frac\@secondoftwo \frac{12}{34}
\newcommand{\a}{secret}x
\renewcommand{\alpha}{b}\alpha
\TextOrMath{secret}{x}
\@secondoftwo{secret}{x}
\html@mathml{secret}{x}
\mathchoice{a}{b}{c}{d}
\begin{matrix}a\\[-5em]b\end{matrix}
\def\arraystretch{-3}\begin{matrix}a\\b\end{matrix}
\genfrac{}{}{-9em}{}{a}{b}
a \above{9em} b
\label{secret} x
\\[-9em] x
\reflectbox{x}
\pmb{x}
\undefined{x}
\frac{1`.split('\n');

function everyElement(nodes: readonly DecorationNode[]): Exclude<DecorationNode, string>[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...everyElement(node.children)]));
}

describe('a formula', () => {
  it.each(SHOWN)('is set: %s', (tex) => {
    const nodes = setFormula(tex, true);
    expect(nodes).not.toBeNull();
    const tags = new Set(everyElement(nodes ?? []).map(({ tag }) => tag));
    for (const tag of ['a', 'img', 'script', 'style', 'iframe']) expect(tags).not.toContain(tag);
  });

  it.each(AS_WRITTEN)('stays as it was written where something of it would not be seen: %s', (tex) => {
    expect(setFormula(tex, true)).toBeNull();
    expect(setFormula(tex, false)).toBeNull();
  });

  it.each([
    ['cells', `\\begin{matrix}${'&'.repeat(2500)}\\end{matrix}`],
    ['rows', `\\begin{matrix}${'\\\\'.repeat(1250)}\\end{matrix}`],
    ['macros in macros', '\\def\\b{\\b\\b}\\b'],
    ['depth', `${'\\sqrt{'.repeat(300)}x${'}'.repeat(300)}`],
    ['length', 'x+'.repeat(2000)],
  ])('stays as it was written where it has too many %s', (_what, tex) => {
    expect(setFormula(tex, true)).toBeNull();
  });
});
