using Microsoft.Win32.SafeHandles;

namespace PosteRestante.Client.Retrieval.Large;

/// <summary>The file of a body that comes. It has another name until all of it is there and on the disk.</summary>
internal sealed class BodyFile : IDisposable
{
    private readonly string _partPath;
    private readonly string _path;
    private SafeFileHandle? _handle;

    private BodyFile(string partPath, string path, SafeFileHandle handle)
    {
        _partPath = partPath;
        _path = path;
        _handle = handle;
    }

    /// <summary>Begins a file; what another process writes under the same name is not touched.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static BodyFile Create(string folder, string name, string deliveryId)
    {
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, $".{name}.{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(deliveryId))}.part");
        return new BodyFile(
            part, Path.Combine(folder, name), File.OpenHandle(part, FileMode.Create, FileAccess.Write, FileShare.None));
    }

    /// <summary>Writes octets of the body.</summary>
    public void Write(ReadOnlySpan<byte> octets, long position) => RandomAccess.Write(_handle!, octets, position);

    /// <summary>Makes it last, off the loop, and gives it its name.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> KeepAsync()
    {
        var handle = _handle!;
#pragma warning disable RS0030 // A sync may take seconds, and there is no asynchronous one: the loop goes on meanwhile.
        await Task.Run(() => RandomAccess.FlushToDisk(handle));
#pragma warning restore RS0030
        handle.Dispose();
        _handle = null;
        File.Move(_partPath, _path, overwrite: true);
        return _path;
    }

    /// <summary>Discards what was not kept.</summary>
    public void Dispose()
    {
        if (_handle is not { } handle)
        {
            return;
        }

        _handle = null;
        handle.Dispose();
        try
        {
            File.Delete(_partPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is hidden, and the next delivery of this message writes over it.
        }
    }
}
