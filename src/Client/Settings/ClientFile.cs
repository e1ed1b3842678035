using System.Text.Json;
using System.Text.Json.Serialization;

namespace PosteRestante.Client.Settings;

/// <summary>
/// What a client needs to know of a server: the file <c>client.json</c> that the service writes into its data folder
/// at each start, and that <c>poste</c> reads.
/// </summary>
public sealed record ClientFile
{
    /// <summary>The name of the file in the data folder.</summary>
    public const string FileName = "client.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The host part of the users' and the service's addresses.</summary>
    public required string Host { get; init; }

    /// <summary>The IP address of the SIP listener.</summary>
    public required string SipAddress { get; init; }

    /// <summary>The port of the SIP listener, the same for UDP and TCP.</summary>
    public required int SipPort { get; init; }

    /// <summary>The port of the MSRP listener; a client learns it from the session description, a capture is told it.</summary>
    public required int MsrpPort { get; init; }

    /// <summary>The port of SIP over TLS; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SipsPort { get; init; }

    /// <summary>The port of MSRP over TLS; null when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MsrpsPort { get; init; }

    /// <summary>The root of the HTTP endpoints.</summary>
    public required Uri Http { get; init; }

    /// <summary>The URI that messages are collected from (DM-12.1.1-3).</summary>
    public required string DeferredUri { get; init; }

    /// <summary>The accounts that were made for this folder; empty when accounts are configured.</summary>
    public IReadOnlyList<ClientAccount> Accounts { get; init; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">It is not of this form.</exception>
    public static ClientFile Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<ClientFile>(json, Json) ?? throw new JsonException("The file is empty.");

    /// <summary>The octets of the file.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);
}
