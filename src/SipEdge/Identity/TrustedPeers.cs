using System.Net;

namespace PosteRestante.SipEdge.Identity;

/// <summary>The networks whose P-Asserted-Identity is believed (RFC 3325 8).</summary>
public sealed class TrustedPeers
{
    private readonly IPNetwork[] _networks;

    /// <summary>Reads the configured list.</summary>
    /// <exception cref="FormatException">An entry is neither an address nor a network.</exception>
    public TrustedPeers(IEnumerable<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _networks = [.. entries.Select(ParseEntry)];
    }

    /// <summary>Whether anyone is trusted at all.</summary>
    public bool Any => _networks.Length > 0;

    /// <summary>Whether the peer at this address is trusted.</summary>
    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in _networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an entry can be read.</summary>
    public static bool IsValid(string entry) => IPAddress.TryParse(entry, out _) || IPNetwork.TryParse(entry, out _);

    private static IPNetwork ParseEntry(string entry) =>
        IPAddress.TryParse(entry, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.Parse(entry);
}
