using System.Buffers;
using System.Text;

namespace PosteRestante.Protocols.Sip.Writing;

/// <summary>
/// What building a request and building a response have in common: header fields, a body, and the octets in the end. A builder
/// is started again for each message and then allocates nothing but the array it returns. It belongs to one thread at a time.
/// </summary>
/// <typeparam name="TSelf">The builder itself, for chained calls.</typeparam>
public abstract class SipMessageBuilder<TSelf>
    where TSelf : SipMessageBuilder<TSelf>
{
    private ReadOnlyMemory<byte> _body;

    private protected SipMessageBuilder()
    {
    }

    /// <summary>The start line.</summary>
    private protected SipWriter StartLine { get; } = new();

    /// <summary>The Via of a request, which is known last and stands first.</summary>
    private protected SipWriter OwnVia { get; } = new();

    /// <summary>The other header fields, without Content-Length.</summary>
    private protected SipWriter Fields { get; } = new();

    /// <summary>Appends a header field.</summary>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL, or the name is <see cref="SipHeaderName.Unknown"/>.</exception>
    public TSelf Header(SipHeaderName name, ReadOnlySpan<byte> value) => Append(SipHeaderNames.ToOctets(name), value);

    /// <inheritdoc cref="Header(SipHeaderName, ReadOnlySpan{byte})"/>
    public TSelf Header(SipHeaderName name, string value) => Append(SipHeaderNames.ToOctets(name), Encoding.UTF8.GetBytes(value));

    /// <summary>Appends a header field with a number.</summary>
    public TSelf Header(SipHeaderName name, long number)
    {
        Fields.Write(SipHeaderNames.ToOctets(name)).Write(": "u8).Write(number).EndLine();
        return (TSelf)this;
    }

    /// <summary>Appends a header field by its name, also an unknown one.</summary>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL, or the name is no token.</exception>
    public TSelf Header(string name, string value) => Append(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));

    /// <summary>Appends all fields of this name from another message, in their order, folds included.</summary>
    public TSelf Copy(SipMessage message, SipHeaderName name)
    {
        for (var i = message.NextHeader(name, 0); i >= 0; i = message.NextHeader(name, i + 1))
        {
            Fields.Write(SipHeaderNames.ToOctets(name)).Write(": "u8).Write(message.ValueAt(i)).EndLine();
        }

        return (TSelf)this;
    }

    /// <summary>Sets the body and appends its Content-Type. The octets are read when the message is taken out.</summary>
    public TSelf Body(string contentType, ReadOnlyMemory<byte> body)
    {
        _body = body;
        return Header(SipHeaderName.ContentType, contentType);
    }

    /// <summary>The message in an array of exactly its size. Content-Length is computed.</summary>
    public byte[] ToArray()
    {
        var message = new byte[Measure()];
        Fill(message);
        return message;
    }

    /// <summary>Writes the message. Content-Length is computed.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var length = Measure();
        Fill(output.GetSpan(length)[..length]);
        output.Advance(length);
    }

    private protected void Restart()
    {
        StartLine.Clear();
        OwnVia.Clear();
        Fields.Clear();
        _body = default;
    }

    /// <summary>What stands in a header field must not end it.</summary>
    private protected static ReadOnlySpan<byte> Safe(ReadOnlySpan<byte> value, string parameter) =>
        SipSyntax.IsHeaderSafe(value)
            ? value
            : throw new ArgumentException("A header field value holds no CR, LF or NUL.", parameter);

    private TSelf Append(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (!SipSyntax.IsToken(name))
        {
            throw new ArgumentException("A header field name is a token (RFC 3261 25.1).", nameof(name));
        }

        Fields.Write(name).Write(": "u8).Write(Safe(value, nameof(value))).EndLine();
        return (TSelf)this;
    }

    private static int DigitCount(int number)
    {
        var digits = 1;
        for (var rest = number; rest >= 10; rest /= 10)
        {
            digits++;
        }

        return digits;
    }

    private int Measure() =>
        StartLine.Length + OwnVia.Length + Fields.Length
        + "Content-Length: "u8.Length + DigitCount(_body.Length) + "\r\n\r\n"u8.Length + _body.Length;

    private void Fill(Span<byte> message)
    {
        message = Put(message, StartLine.Written);
        message = Put(message, OwnVia.Written);
        message = Put(message, Fields.Written);
        message = Put(message, "Content-Length: "u8);
        _ = System.Buffers.Text.Utf8Formatter.TryFormat(_body.Length, message, out var written); // Measure made room for it
        message = Put(message[written..], "\r\n\r\n"u8);
        _body.Span.CopyTo(message);
    }

    private static Span<byte> Put(Span<byte> message, ReadOnlySpan<byte> part)
    {
        part.CopyTo(message);
        return message[part.Length..];
    }
}
