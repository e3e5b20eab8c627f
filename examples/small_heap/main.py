# Uses framework.py, and tells what its import cost. See README.md of this folder.
import gc

gc.collect()
before = gc.mem_free()
import framework

gc.collect()
cost = before - gc.mem_free()

app = framework.App()
page = framework.Template("<ul>{% for r in readings %}<li>{{ r.name }}: {{ r.value }}{% end %}</ul>")


@app.route("/")
def index(request):
    return page.render(readings=[{"name": "in & out", "value": 21.5}, {"name": "roof", "value": 3}])


@app.route("/led/<int:n>", methods=("POST",))
def led(request, n):
    return {"led": n, "on": request.form().get("on") == "1"}


FORM = (("Content-Type", "application/x-www-form-urlencoded"),)
print(app.handle(framework.Request("GET", "/")).body)
print(app.handle(framework.Request("POST", "/led/3", FORM, "on=1")).body)
print(app.handle(framework.Request("GET", "/led/3")).body)
print("the framework takes", cost, "bytes of RAM; it is at", framework.__file__)
