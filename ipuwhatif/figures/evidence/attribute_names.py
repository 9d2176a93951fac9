"""What figures of data sheets are called."""

from ipuwhatif.texts import tr


def attribute_name(attribute: str) -> str:
    """An attribute of a chip or a system in words: "peak arithmetic rate"."""
    return {
        "peak_flops": tr("peak arithmetic rate"),
        "peak_flops_32": tr("peak arithmetic rate, 32-bit"),
        "peak_flops_8": tr("peak arithmetic rate, 8-bit"),
        "peak_flops_4": tr("peak arithmetic rate, 4-bit"),
        "best_product": tr("best product that was measured"),
        "memory_bandwidth": tr("memory bandwidth"),
        "memory_size": tr("memory"),
        "clock": tr("clock"),
        "exchange_bandwidth": tr("exchange bandwidth"),
        "power": tr("rated power"),
        "link_bandwidth": tr("link bandwidth a chip"),
        "network_bandwidth": tr("network bandwidth a chip"),
        "streaming_bandwidth": tr("streaming memory bandwidth a chip"),
        "host_bandwidth": tr("host bandwidth a chip"),
    }[attribute]
