for (const plot of document.querySelectorAll('.plot')) {
  const data = JSON.parse(plot.querySelector('script').textContent);
  const svg = plot.querySelector('.canvas > svg'), cursor = plot.querySelector('.cursor'), tip = plot.querySelector('.tip');
  const off = new Set();
  for (const button of plot.querySelectorAll('.legend button')) {
    button.addEventListener('click', () => {
      const line = +button.dataset.line, hide = !off.has(line);
      if (hide) off.add(line); else off.delete(line);
      button.setAttribute('aria-pressed', String(!hide));
      plot.querySelector(`g[data-line="${line}"]`).style.display = hide ? 'none' : '';
    });
  }
  const leave = () => { tip.hidden = true; cursor.style.visibility = 'hidden'; };
  svg.addEventListener('pointerleave', leave);
  svg.addEventListener('pointermove', event => {
    const box = svg.getBoundingClientRect(), scale = box.width / data.width, at = (event.clientX - box.left) / scale;
    if (at < data.left - 4 || !data.x.length) return leave();
    let low = 0, high = data.x.length - 1;
    while (high - low > 1) { const middle = (low + high) >> 1; if (data.x[middle] < at) low = middle; else high = middle; }
    const i = Math.abs(data.x[low] - at) <= Math.abs(data.x[high] - at) ? low : high;
    cursor.setAttribute('x1', data.x[i]); cursor.setAttribute('x2', data.x[i]); cursor.style.visibility = 'visible';
    tip.replaceChildren();
    const head = document.createElement('b'); head.textContent = data.at[i]; tip.append(head);
    data.lines.forEach((line, number) => {
      if (off.has(number)) return;
      const row = document.createElement('div'), key = document.createElement('i');
      key.className = 'k' + line.k; row.append(key, line.name + '  ' + line.y[i]); tip.append(row);
    });
    tip.hidden = false;
    const x = data.x[i] * scale, right = x + 14 + tip.offsetWidth > box.width;
    tip.style.left = (right ? Math.max(0, x - 14 - tip.offsetWidth) : x + 14) + 'px';
  });
}
