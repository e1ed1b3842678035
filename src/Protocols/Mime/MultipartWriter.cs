using System.Buffers;
using System.Text;

namespace PosteRestante.Protocols.Mime;

/// <summary>
/// Writes a multipart body: for each part <see cref="BeginPart"/>, its headers, <see cref="BeginContent"/>, its octets;
/// at the end <see cref="Close"/>. Nothing is encoded (binary, RFC 4975 7.1.1), nothing follows the last boundary.
/// </summary>
public ref struct MultipartWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly ReadOnlySpan<char> _boundary;
    private bool _inPart;

    /// <summary>Begins a body.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="boundary">One that occurs in no part (<see cref="MultipartBoundary.Choose"/>).</param>
    public MultipartWriter(IBufferWriter<byte> output, ReadOnlySpan<char> boundary)
    {
        if (boundary.Length is 0 or > 70 || !Ascii.IsValid(boundary))
        {
            throw new ArgumentException("A boundary has 1 to 70 characters.", nameof(boundary));
        }

        _output = output;
        _boundary = boundary;
    }

    /// <summary>Octets that <see cref="BeginPart"/> of the first part, of each later part, and <see cref="Close"/> write.</summary>
    public static (int First, int Later, int Close) Overhead(int boundaryLength) =>
        (boundaryLength + 4, boundaryLength + 6, boundaryLength + 6);

    /// <summary>Begins a part; what was before it ends.</summary>
    public void BeginPart()
    {
        WriteDelimiter();
        _output.Write("\r\n"u8);
        _inPart = true;
    }

    /// <summary>Writes a header of the part.</summary>
    /// <exception cref="ArgumentException">The value has a line break: it would forge headers.</exception>
    public readonly void Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.ContainsAny((byte)'\r', (byte)'\n'))
        {
            throw new ArgumentException("A header value is one line.", nameof(value));
        }

        _output.Write(name);
        _output.Write(": "u8);
        _output.Write(value);
        _output.Write("\r\n"u8);
    }

    /// <summary>Ends the headers. Write the content to the output now.</summary>
    public readonly void BeginContent() => _output.Write("\r\n"u8);

    /// <summary>Ends the last part and the body.</summary>
    public void Close()
    {
        WriteDelimiter();
        _output.Write("--"u8);
        _inPart = false;
    }

    private readonly void WriteDelimiter()
    {
        Span<byte> delimiter = stackalloc byte[4 + 70];
        "\r\n--"u8.CopyTo(delimiter);
        int length = 4 + Encoding.ASCII.GetBytes(_boundary, delimiter[4..]);
        _output.Write(delimiter[(_inPart ? 0 : 2)..length]);
    }
}
