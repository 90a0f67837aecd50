"""Small enough to be read: modules and functions keep to the measure of the house."""

from statistics import median

from tests.house.source import body_length_of, length_of, modules

OURS = modules("pointsbank")


def test_no_module_is_longer_than_300_lines():
    long = [
        f"{module.place}: {module.length}"
        for module in modules("pointsbank", "scripts")
        if module.length > 300
    ]

    assert not long


def test_half_of_all_modules_have_at_most_120_lines():
    assert median(module.length for module in OURS) <= 120


def test_no_function_is_longer_than_60_lines_without_its_docstring():
    long = [
        f"{module.place}: {function.name} {length_of(function)}"
        for module in modules("pointsbank", "scripts")
        for function in module.functions()
        if length_of(function) > 60
    ]

    assert not long


def test_half_of_all_functions_do_their_work_in_eight_lines():
    assert median(body_length_of(function) for module in OURS for function in module.functions()) <= 8


def test_at_most_one_function_in_twenty_is_longer_than_40_lines():
    lengths = [length_of(function) for module in OURS for function in module.functions()]

    assert sum(length > 40 for length in lengths) <= len(lengths) / 20
