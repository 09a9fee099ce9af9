"""One file per page, each with `render(app, actor)`: read, view, draw, callbacks."""
