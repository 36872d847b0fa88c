"""The lower layers of the verifier's model, cut out of its file: token states instead of a verdict."""

from __future__ import annotations

from hashlib import sha256

from assistant.errors import VerifierUnavailable


def lower_layers(content: bytes, states: str) -> bytes:
    """The part of an ONNX model that leads from its inputs to the value called ``states``, which is its output now.

    Raises VerifierUnavailable when the model has no such value.
    """
    import onnx

    model = onnx.load_from_string(content)
    graph = model.graph
    makers = {name: node for node in graph.node for name in node.output}
    if states not in makers:
        raise VerifierUnavailable(f"the model computes no {states!r}", "reinstall claimdesk")
    needed, waiting = set(), [states]
    while waiting:
        name = waiting.pop()
        if name in makers and name not in needed:
            needed.add(name)
            waiting += makers[name].input
    nodes = [node for node in graph.node if needed.intersection(node.output)]
    used = {name for node in nodes for name in node.input}
    constants = [constant for constant in graph.initializer if constant.name in used]
    nodes.append(onnx.helper.make_node("Identity", [states], ["states"]))
    output = onnx.helper.make_tensor_value_info("states", onnx.TensorProto.FLOAT, ["batch", "length", None])
    cut = onnx.helper.make_graph(nodes, "lower", list(graph.input), [output], constants)
    kept: bytes = onnx.helper.make_model(
        cut, opset_imports=model.opset_import, ir_version=model.ir_version
    ).SerializeToString()
    return kept


def lower_sha256(content: bytes, states: str) -> str:
    """The digest of that part: the same for models that differ only above it. Raises VerifierUnavailable."""
    import onnx

    graph = onnx.load_from_string(lower_layers(content, states)).graph
    digest = sha256()
    for part in (*graph.node, *graph.initializer):
        digest.update(part.SerializeToString(deterministic=True))
    return digest.hexdigest()
