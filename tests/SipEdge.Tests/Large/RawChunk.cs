using System.Globalization;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Large;

/// <summary>One SEND as it came.</summary>
/// <param name="Head">Start line and headers.</param>
/// <param name="Body">Octets of the body.</param>
/// <param name="Flag">The continuation flag.</param>
public sealed record RawChunk(string Head, byte[] Body, char Flag)
{
    /// <summary>The Message-ID.</summary>
    public string MessageId => RawMsrp.Field(Head, "Message-ID");

    /// <summary>The place of the first octet in the message, from 0.</summary>
    public long Start => long.Parse(RawMsrp.Field(Head, "Byte-Range").Split('-')[0], CultureInfo.InvariantCulture) - 1;

    /// <summary>Octets of the whole message, as announced.</summary>
    public long Total => long.Parse(RawMsrp.Field(Head, "Byte-Range").Split('/')[1], CultureInfo.InvariantCulture);
}
